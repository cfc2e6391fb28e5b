import type { paths } from "./api";

type Page = paths["/api/logs/audit"]["get"]["responses"]["200"]["content"]["application/json"];
type Job = paths["/api/logs/jobs/{job_id}"]["get"]["responses"]["200"]["content"]["application/json"];
type Proof = paths["/api/logs/audit/verify"]["get"]["responses"]["200"]["content"]["application/json"];
type Query = NonNullable<paths["/api/logs/audit"]["get"]["parameters"]["query"]>;

export const query: Query = { user_id: ["u1"], event_type: ["user.*"], details: { kind: "a" }, limit: 2 };
export const next = (page: Page): string | null | undefined => page.next_cursor;
export const source = (page: Page): unknown => page.items[0].details?.source;
export const status = (job: Job): string => job.job.status;
export const isValid = (proof: Proof): boolean => proof.status === "valid";
