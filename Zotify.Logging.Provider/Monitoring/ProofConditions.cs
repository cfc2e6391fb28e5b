using System.Globalization;
using Zotify.Logging.Alerts;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Monitoring;

/// <summary>The conditions that a proof shows. A pure function.</summary>
internal static class ProofConditions
{
    /// <summary>The conditions of a proof. Rows that were not compared are neither right nor wrong.</summary>
    public static IEnumerable<AlertCondition> Of(AuditProof proof)
    {
        KeyValuePair<string, string>[] facts =
        [
            new("proven_at", proof.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)), new("reason", proof.Reason ?? ""),
        ];
        var fileFault = proof.Files == AuditFilesStatus.Valid
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{proof.Files} {proof.FirstBadSeq}");
        yield return new AlertCondition(
            BuiltInAlerts.AuditBroken, "", fileFault, $"The files of the audit log are not as they were written: {proof.Reason}")
        {
            Facts = facts,
        };
        if (proof.Rows == AuditRowsStatus.Unknown) yield break;
        var rowFault = proof.Rows == AuditRowsStatus.Broken
            ? string.Create(CultureInfo.InvariantCulture, $"row {proof.FirstBadRow} {proof.Reason}")
            : null;
        yield return new AlertCondition(
            BuiltInAlerts.RowsDiffer, "", rowFault, $"The rows of the audit log differ from its files: {proof.Reason}") { Facts = facts };
    }
}
