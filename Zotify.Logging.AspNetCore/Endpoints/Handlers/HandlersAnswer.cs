namespace Zotify.Logging.AspNetCore.Endpoints.Handlers;

/// <summary>The handlers of this process.</summary>
/// <param name="Items">The handlers, in the order of their registration.</param>
/// <param name="Pending">Keys of the configuration that were changed since the start and take effect at the next one.</param>
/// <param name="Sources">The application that this program reads as a sidecar (<c>Zotify:Sources</c>), if there is one.</param>
/// <param name="Proof">The last proof by the continuous verification; <c>null</c> before the first, and in a sidecar.</param>
/// <param name="AuditJournal">The id of the audit log's journal, which a proof is of; <c>null</c> before there is one.</param>
/// <param name="Alerts">The delivery of alerts; <c>null</c> where none are configured.</param>
internal sealed record HandlersAnswer(
    IReadOnlyList<HandlerAnswer> Items,
    IReadOnlyList<string> Pending,
    IReadOnlyList<SourceAnswer> Sources,
    ProofAnswer? Proof,
    Guid? AuditJournal,
    AlertsAnswer? Alerts);
