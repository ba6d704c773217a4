// Drives Commerce Layer's own clients against the sandbox and prints what they saw, as one JSON line.
//
// The clients know only https://auth.commercelayer.io and https://provisioning.commercelayer.io, so fetch is wrapped
// here and sends those two to the loopback address given; everything else about the requests is theirs.
//
// usage: node official_clients.mjs ORIGIN CLIENT_ID CLIENT_SECRET

import { authenticate, getProvisioningApiBaseEndpoint, jwtDecode } from "@commercelayer/js-auth";
import { CommerceLayerProvisioning } from "@commercelayer/provisioning-sdk";

const [origin, clientId, clientSecret] = process.argv.slice(2);
const requested = [];
const fetchReally = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  requested.push(url.origin);
  const here = new URL(url.pathname + url.search, origin);
  return fetchReally(input instanceof Request ? new Request(here, input) : here, init);
};

const authorization = await authenticate("client_credentials", { clientId, clientSecret });
const token = authorization.accessToken;
const decoded = jwtDecode(token);
const again = await authenticate("client_credentials", { clientId, clientSecret });
const wrong = await authenticate("client_credentials", { clientId, clientSecret: "wrong" });

const client = CommerceLayerProvisioning({ accessToken: token });
const organizations = client.organizations;

const everybody = [];
let page;
for (let number = 1; number === 1 || page.hasNextPage(); number += 1) {
  page = await organizations.list({ pageNumber: number, pageSize: 25, sort: { name: "asc" } });
  everybody.push(...page.map((organization) => [organization.id, organization.name]));
}

const keyset = [];
for (let last = ""; ; ) {
  const filters = last ? { id_gt: last } : {};
  const rows = await organizations.list({ pageSize: 25, sort: { id: "asc" }, filters });
  if (rows.length === 0) break;
  keyset.push(...rows.map((organization) => organization.id));
  last = rows[rows.length - 1].id;
}

const filtered = await organizations.list({ filters: { name_eq: "The Blue Brand" } });
const included = await organizations.retrieve("xYZkjABcde", { include: ["memberships", "roles.permissions"] });
const sparse = await organizations.list({ fields: { organizations: ["name"] }, pageSize: 1 });
const members = await organizations.memberships("xYZkjABcde", { include: ["role"] });
const user = await client.user.retrieve();
const refused = await organizations.list({ filters: { nonsense_eq: "1" } }).catch((error) => error);
const missing = await organizations.retrieve("nobodyhere").catch((error) => error);
const unauthorized = await CommerceLayerProvisioning({ accessToken: `${token}x` })
  .organizations.list()
  .catch((error) => error);

console.log(
  JSON.stringify({
    requested: [...new Set(requested)].sort(),
    token: { type: authorization.tokenType, scope: authorization.scope, same: again.accessToken === token },
    claims: { kind: decoded.payload.application.kind, iss: decoded.payload.iss, alg: decoded.header.alg },
    lifetime: decoded.payload.exp - decoded.payload.iat,
    base: getProvisioningApiBaseEndpoint(token),
    wrong: wrong.errors,
    everybody,
    meta: page.meta,
    keyset,
    count: await organizations.count(),
    filtered: filtered.map((organization) => organization.id),
    included: {
      name: included.name,
      attributes: Object.keys(included).length,
      members: included.memberships.map((membership) => membership.user_email),
      roles: included.roles.map((role) => role.name),
      permissions: included.roles.flatMap((role) => role.permissions.map((permission) => permission.subject)),
    },
    sparse: Object.keys(sparse[0]).sort(),
    members: members.map((membership) => [membership.user_email, membership.role.name]),
    user: user.email,
    refused: [refused.status, refused.code, refused.errors?.[0]?.code],
    missing: [missing.status, missing.errors?.[0]?.code],
    unauthorized: [unauthorized.status, unauthorized.errors?.[0]?.code],
  }),
);
