using Zotify.Logging.Provider.Queries.Audit;

namespace Zotify.Logging.Web.Endpoints;

/// <summary>The filters that all endpoints of audit events take.</summary>
internal static class AuditParameters
{
    /// <summary>Their descriptions, but for times.</summary>
    public static readonly QueryParameter[] Filters =
    [
        QueryParameter.Texts("user_id", "Who did it"),
        QueryParameter.Texts("event_type", "The event's type, a * at its end for anything (user.*)"),
        QueryParameter.Texts("source_ip", "From which address"),
        QueryParameter.Texts("trace_id", "The trace"),
        QueryParameter.Texts("instance", "The instance that wrote it"),
        QueryParameter.Texts("details.*", "A value in the details by its path (details.order.id)"),
        new("q", "Every space-separated word occurs in the message or the details, without case."),
    ];

    /// <summary>Reads them.</summary>
    public static AuditQuery Read(QueryReader reader) => new()
    {
        UserIds = reader.Texts("user_id"),
        EventTypes = reader.Texts("event_type"),
        SourceIps = reader.Texts("source_ip"),
        TraceIds = reader.Texts("trace_id"),
        Instances = reader.Texts("instance"),
        Details = reader.TextsBelow("details."),
        Text = reader.Text("q"),
    };

    /// <summary>What was asked for, as the audit trail tells it.</summary>
    public static Dictionary<string, string> Asked(HttpRequest request) => request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString());
}
