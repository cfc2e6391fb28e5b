using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using Zotify.Logging.AspNetCore.Endpoints;
using Zotify.Logging.AspNetCore.Endpoints.Audit;
using Zotify.Logging.AspNetCore.Endpoints.Handlers;
using Zotify.Logging.AspNetCore.Endpoints.Instances;
using Zotify.Logging.AspNetCore.Endpoints.Jobs;
using Zotify.Logging.AspNetCore.Endpoints.Levels;
using Zotify.Logging.AspNetCore.Endpoints.Page;
using Zotify.Logging.Queries;
using Zotify.Logging.Web.Demo;
using Zotify.Logging.Web.SignIn;

namespace Zotify.Logging.Web.Descriptions;

/// <summary>Examples of what is sent and answered, and the members of problems that are this API's own.</summary>
internal static class SchemaDescription
{
    private const string ProblemExample = """
        {"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"Bad Request","status":400,
        "detail":"limit: '0': a whole number from 1 to 1000 is expected.",
        "parameter":"limit","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}
        """;

    private const string AuditEventExample = """
        {"id":"0198c7f3-5a10-7c3e-9d41-6f0a2b7c8d9e","journal":"0198c7f0-11aa-7b02-8c4d-0e1f2a3b4c5d","seq":17,
        "timestamp":"2026-11-23T15:06:10.1234567Z","event_type":"user.login",
        "user_id":"u42","source_ip":"192.0.2.7","level":"Information","category":"Zotify.Accounts","event_id":1001,
        "message":"User u42 logged in","details":{"source":"web"},"scope":null,
        "exception":null,"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","instance":"server-1/zotify",
        "key_id":null,"hash":"q0aSbqVqXCjUYcVX3Zr0H5mSn2rNnV2pTjvJv8Yb5mE"}
        """;

    private const string JobSummaryExample = """
        {"job_id":"sync-0198c7f3","job_type":"library.sync","status":"running","stalled_reason":null,"instance":"web-1/shop",
        "progress_done":5,"progress_total":100,"entries":6,"warnings":0,"errors":0,
        "first_at":"2026-11-23T15:06:10.1234567Z","last_at":"2026-11-23T15:06:11.1234567Z","ended_at":null,
        "last_message":"Track 5/100 downloaded"}
        """;

    private const string JobLogEntryExample = """
        {"id":4711,"journal":"0198c7f0-11aa-7b02-8c4d-0e1f2a3b4c5d","seq":6,"job_id":"sync-0198c7f3","instance":"server-1/zotify",
        "timestamp":"2026-11-23T15:06:11.1234567Z",
        "level":"Information","category":"Zotify.Sync","event_id":7,"event_name":null,"message":"Track 5/100 downloaded","exception":null,
        "properties":{"Done":5,"Total":100},
        "progress_done":5,"progress_total":100,"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7"}
        """;

    private const string HandlerExample = """
        {"name":"Audit","type":"JsonAuditHandler","enabled":true,"state":"running","queue":{"length":0,"capacity":65536,"bytes":0,
        "capacity_bytes":33554432},"written":17,"retried":0,
        "rejected":0,"renamed":0,"dropped":{"queue_full":0,"handler_failed":0,"already_shutdown":0,"feedback":0},"behind":0,
        "database_error":null,"database_error_kind":null,"targets":[],"last_error":null}
        """;

    private const string InstanceExample = """
        {"instance":"web-1/shop","state":"running","started_at":"2026-11-23T08:00:00Z","seen_at":"2026-11-23T15:06:10.1234567Z",
        "stopped_at":null,"version":"1.4.2","running_jobs":1}
        """;

    private const string LevelOverrideExample = """
        {"match":{"user_id":"u42","job_id":null,"trace_id":null,"category":null},"level":"Debug","expires":"2026-11-23T15:21:10Z"}
        """;

    private const string VerificationExample = """
        {"status":"valid","files":"valid","rows":"valid","first_bad_seq":null,"reason":null,"first_bad_row":null,"first_bad_count":null,
        "rows_reason":null,"checked":17,"file":"audit.log.json","first_seq":1,"last_seq":17,
        "last_hash":"q0aSbqVqXCjUYcVX3Zr0H5mSn2rNnV2pTjvJv8Yb5mE",
        "anchored":true,"signed_from":null,"void_lines":0,"unfinished_bytes":0,"database":{"checked":17,"through_seq":17,
        "earlier_journals":0,"unavailable":null,"other_rows":0,"set_aside":0}}
        """;

    private static readonly Dictionary<Type, string> Examples = new()
    {
        [typeof(SessionRequest)] = """{"key":"zl_s3cr3t"}""",
        [typeof(SessionAnswer)] = """{"user":"ops","scopes":["logs:system","logs:jobs"]}""",
        [typeof(DemoSettingsBody)] = """{"pause_ms":10}""",
        [typeof(SyncAnswer)] = """{"job_id":"sync-0198c7f3"}""",
        [typeof(ProblemDetails)] = ProblemExample,
        [typeof(AuditEvent)] = AuditEventExample,
        [typeof(JobSummary)] = JobSummaryExample,
        [typeof(JobLogEntry)] = JobLogEntryExample,
        [typeof(HandlerAnswer)] = HandlerExample,
        [typeof(AuditAnswer)] = $$"""{"items":[{{AuditEventExample}}],"next_cursor":"{{CursorExamples.Audit}}","prev_cursor":null}""",
        [typeof(AuditTypesAnswer)] = """{"items":[{"event_type":"user.login","count":17,"last_at":"2026-11-23T15:06:10.1234567Z"}]}""",
        [typeof(AuditHistogramAnswer)] =
            """{"interval":"1h","items":[{"from":"2026-11-23T15:00:00Z","to":"2026-11-23T16:00:00Z","count":17}]}""",
        [typeof(AuditFacetsAnswer)] = """
            {"items":[{"field":"event_type","values":[{"value":"user.login","count":12},{"value":"user.logout","count":5}],"others":0}],
            "counted":17}
            """,
        [typeof(SystemHistogramAnswer)] = """
            {"interval":"1m","items":[{"from":"2026-11-23T15:06:00Z","to":"2026-11-23T15:07:00Z","count":17,
            "trace":0,"debug":0,"information":15,"warning":1,"error":1,"critical":0}]}
            """,
        [typeof(JobProgressAnswer)] = $$"""
            {"job":{{JobSummaryExample}},"items":[{"timestamp":"2026-11-23T15:06:11.1234567Z","progress_done":5,"progress_total":100,
            "entries":6,"warnings":0,"errors":0}]}
            """,
        [typeof(JobLogAnswer)] = $$"""
            {"job":{{JobSummaryExample}},"items":[{{JobLogEntryExample}}],"next_after":"{{CursorExamples.Job}}",
            "next_before":null,"more":false}
            """,
        [typeof(JobListAnswer)] = $$$"""
            {"items":[{{{JobSummaryExample}}}],"next_cursor":"{{{CursorExamples.Jobs}}}",
            "totals":{"running":1,"stalled":0,"completed":17,"failed":0,"interrupted":0},
            "overdue":[{"job_type":"backup","expected_every":"1.00:00:00","last_at":"2026-11-21T02:10:00Z",
            "overdue_since":"2026-11-22T02:10:00Z"}]}
            """,
        [typeof(JobWaitAnswer)] = $$"""{"job":{{JobSummaryExample}},"ended":false}""",
        [typeof(AuditVerification)] = VerificationExample,
        [typeof(LevelOverrideBody)] = """{"match":{"user_id":"u42"},"level":"Debug","expires":"15m"}""",
        [typeof(LevelOverrideAnswer)] = LevelOverrideExample,
        [typeof(LevelOverridesAnswer)] = $$"""{"items":[{{LevelOverrideExample}}]}""",
        [typeof(InstanceAnswer)] = InstanceExample,
        [typeof(InstancesAnswer)] = $$"""{"items":[{{InstanceExample}}]}""",
        [typeof(HandlersAnswer)] = $$"""
            {"items":[{{HandlerExample}}],"pending":[],"sources":[],
            "proof":{"status":"valid","at":"2026-11-23T15:06:10.1234567Z","files":"valid","rows":"valid",
            "through_seq":1742,"reason":null},"audit_journal":"0198c7f0-11aa-7b02-8c4d-0e1f2a3b4c5d",
            "alerts":{"pending":0,"sent":3,"failed":0,"error":null} }
            """,
    };

    /// <summary>Completes a schema.</summary>
    public static Task CompleteAsync(OpenApiSchema schema, Type type)
    {
        if (Examples.TryGetValue(type, out var example)) schema.Examples = [JsonNode.Parse(example)!];
        SchemaTypes.AddTo(schema, type);
        if (type == typeof(ProblemDetails))
        {
            schema.Description = "What is wrong (RFC 9457).";
            schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
            schema.Properties["parameter"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "The parameter, header or field that cannot be used.",
            };
            schema.Properties["complete"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Boolean,
                Description = "`false` where what was asked for may be in a journal that the database is behind.",
            };
            schema.Properties["behind"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int64",
                Description = "How many records the database is behind then.",
            };
            schema.Properties["trace_id"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "The id of the request in the logs.",
            };
        }

        return Task.CompletedTask;
    }
}
