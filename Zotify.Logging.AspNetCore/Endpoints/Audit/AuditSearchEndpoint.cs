using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>The search of the audit log: a page of it, or all that matches as a file. Reading it is an audit event itself.</summary>
internal static class AuditSearchEndpoint
{
    private static readonly QueryParameter[] Parameters =
    [
        .. AuditParameters.Filters,
        .. AuditParameters.Times,
        QueryParameter.OneOf("order", "desc (default, newest first) or asc.", ["desc", "asc"]),
        QueryParameter.Number("limit", "The most events of an answer: 50 by default; of a file, all.", 1, 1_000),
        new("cursor", "The next_cursor or prev_cursor of an answer; the other parameters stay the same."),
        QueryParameter.OneOf(
            "format",
            "json, or csv or ndjson for a file of all that matches. Wins over the header Accept.",
            [.. AuditFormat.All.Select(format => format.Name)]),
    ];

    /// <summary>Maps <c>GET /audit</c>.</summary>
    public static IEndpointConventionBuilder MapAuditLog(this IEndpointRouteBuilder logs) => logs.MapGet("/audit", SearchAsync)
        .RequireAuthorization(Scopes.Audit)
        .RequireRateLimiting(CostlyQueries.Policy)
        .WithParameters(Parameters)
        .WithSummary("Audit events that match: a page at a time as JSON, or all of them as text/csv or application/x-ndjson.")
        .Produces<AuditAnswer>()
        .WithOtherContent([.. AuditFormat.All.Where(format => format.Writer is not null).Select(format => format.MediaType)])
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status406NotAcceptable)
        .ProducesProblem(StatusCodes.Status501NotImplemented)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Answers a request.</summary>
    internal static async Task<IResult> SearchAsync(
        HttpContext context, AuditLog log, AuditTrail audit, RequestClock clock, IHostApplicationLifetime host)
    {
        var reader = new QueryReader(context.Request, Parameters, clock.Now);
        var (query, limit) = (Query(reader), reader.Number("limit", 1, 1_000));
        if (AuditFormat.For(context.Request, reader) is not { } format)
            return TypedResults.Problem(
                $"Accept: one of {string.Join(", ", AuditFormat.All.Select(one => one.MediaType))} is expected.",
                statusCode: StatusCodes.Status406NotAcceptable);
        if (format.Writer is { } writer)
        {
            var end = StreamRequest.End(context, host);
            return new AuditFileResult(await log.ExportAsync(query, limit, end), writer, format, audit, end);
        }

        var page = await log.SearchAsync(query with { Limit = limit ?? 50 }, context.RequestAborted);
        audit.Read(Caller.Of(context), AuditParameters.Given(context.Request), page.Items.Count);
        PageLinks.Add(context, "cursor", page.NextCursor, page.PreviousCursor);
        return TypedResults.Ok(new AuditAnswer(
            page.Items, page.NextCursor, page.PreviousCursor, BehindAnswer.Complete(page.Behind, page.StoppedAt),
            BehindAnswer.Behind(page.Behind), page.StoppedAt));
    }

    private static AuditQuery Query(QueryReader reader) => AuditParameters.Read(reader) with
    {
        Descending = reader.OneOf("order", "desc", "asc") != "asc",
        Cursor = reader.Text("cursor"),
    };
}
