namespace Zotify.Logging.AspNetCore.Alerts;

/// <summary>The log that the filter of an alert searches.</summary>
internal enum AlertLog
{
    /// <summary>The audit log: the parameters of <c>GET /api/logs/audit</c>.</summary>
    Audit,

    /// <summary>The jobs, each time that an event changes the status of one: the parameters of <c>GET /api/logs/jobs</c>.</summary>
    Jobs,
}
