namespace Zotify.Logging.Provider.Handlers.Audit;

/// <summary>
/// An audit event was not written, and its caller is told so that the action can be refused. Thrown by the log call,
/// inside Microsoft.Extensions.Logging's <see cref="AggregateException"/>; other providers still get the record.
/// </summary>
public sealed class AuditNotWrittenException(string message) : Exception(message);
