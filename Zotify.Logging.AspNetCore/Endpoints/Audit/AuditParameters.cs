using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>The filters of requests to the audit log.</summary>
internal static class AuditParameters
{
    /// <summary>Parameters that do not say which events, but how they are shown.</summary>
    private static readonly HashSet<string> Forms = new(StringComparer.OrdinalIgnoreCase)
    {
        "format", "interval", "follow", "field",
    };

    /// <summary>The filters of a search, all but its times.</summary>
    public static readonly QueryParameter[] Filters =
    [
        QueryParameter.Texts("user_id", "Who did it"),
        QueryParameter.Texts("event_type", "The event's type, a * at its end for anything (user.*)"),
        QueryParameter.Texts("source_ip", "From which address"),
        QueryParameter.Texts("trace_id", "The trace"),
        QueryParameter.Texts("instance", "The instance that wrote it"),
        QueryParameter.Object(
            "details",
            "A value in the details by its name: details[name]=value, below it details[order][id]=value, or details.order.id=value "
                + "where no name has a dot; repeat one for any of several. An element of a list goes by the list's name, and `]` in a "
                + "name is written twice."),
        SearchParameter.Of("message, exception, type, user, address, category, trace, and the names and values of details and scope"),
        QueryParameter.Excluded("user_id", "Not this user; an event without a user stays"),
        QueryParameter.Excluded("event_type", "Not this type, a * at its end for anything"),
        QueryParameter.Excluded("source_ip", "Not this address; an event without an address stays"),
        QueryParameter.Excluded("trace_id", "Not this trace; an event without a trace stays"),
        QueryParameter.Excluded("instance", "Not this instance"),
        QueryParameter.Object(
            $"details{QueryParameter.Not}",
            "Not this value in the details: details.not[name]=value, or details[name].not=value. An event that has no such value stays."),
    ];

    /// <summary>The times of a search.</summary>
    public static readonly QueryParameter[] Times =
    [
        new("from", "Events at or after this time: RFC 3339, or a duration back from now (15m)."),
        new("to", "Events before this time."),
    ];

    /// <summary>The filters of counts by whole hours.</summary>
    public static readonly QueryParameter[] OfCounts =
    [
        QueryParameter.Texts("event_type", "The event's type, a * at its end for anything (user.*)"),
        new("from", "Events of the hour that this time is in, or after: RFC 3339, or a duration back from now (15m)."),
        new("to", "Events of hours that begin before this time."),
    ];

    /// <summary>Reads <see cref="Filters"/>.</summary>
    public static AuditQuery ReadFilters(QueryReader reader)
    {
        var details = DetailParameters.Read(reader);
        return new AuditQuery
        {
            UserIds = reader.Texts("user_id"),
            EventTypes = reader.Texts("event_type"),
            SourceIps = reader.Texts("source_ip"),
            TraceIds = reader.Texts("trace_id"),
            Instances = reader.Texts("instance"),
            Text = reader.Text("q"),
            ExcludedUserIds = reader.Texts("user_id.not"),
            ExcludedEventTypes = reader.Texts("event_type.not"),
            ExcludedSourceIps = reader.Texts("source_ip.not"),
            ExcludedTraceIds = reader.Texts("trace_id.not"),
            ExcludedInstances = reader.Texts("instance.not"),
            Details = details.Required,
            ExcludedDetails = details.Excluded,
        };
    }

    /// <summary>Reads <see cref="Filters"/> and <see cref="Times"/>.</summary>
    public static AuditQuery Read(QueryReader reader) =>
        ReadFilters(reader) with { From = reader.Time("from"), To = reader.Time("to") };

    /// <summary>Reads <see cref="OfCounts"/>.</summary>
    public static AuditQuery ReadOfCounts(QueryReader reader) => new()
    {
        EventTypes = reader.Texts("event_type"),
        From = reader.Time("from"),
        To = reader.Time("to"),
    };

    /// <summary>What a request asks for, as the event of its reading has it: each parameter with its values.</summary>
    /// <param name="request">The request.</param>
    /// <param name="except">A further parameter that says how the events are shown; <see langword="null"/> for none.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Given(HttpRequest request, string? except = null)
    {
        var given = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (name, values) in request.Query)
        {
            if (!Forms.Contains(name) && !string.Equals(name, except, StringComparison.OrdinalIgnoreCase))
                given.Add(name, Array.ConvertAll(values.ToArray(), value => value ?? ""));
        }

        return given;
    }
}
