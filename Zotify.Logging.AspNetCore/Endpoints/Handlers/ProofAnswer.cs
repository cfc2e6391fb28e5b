using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Handlers;

/// <summary>The last proof of the audit log by the continuous verification.</summary>
/// <param name="Status">The outcome: the worse of the files' and the rows'.</param>
/// <param name="At">When it ended.</param>
/// <param name="Files">The result for the files.</param>
/// <param name="Rows">The result for the rows of the database.</param>
/// <param name="ThroughSeq">The number of the last line that is proven; <c>null</c> where there is none.</param>
/// <param name="Reason">What is wrong, or why the rows could not be verified; <c>null</c> where nothing is.</param>
internal sealed record ProofAnswer(
    AuditVerificationStatus Status, DateTimeOffset At, AuditFilesStatus Files, AuditRowsStatus Rows, long? ThroughSeq, string? Reason)
{
    /// <summary>The answer for a proof.</summary>
    public static ProofAnswer? Of(AuditProof? proof) => proof is null
        ? null
        : new ProofAnswer(proof.Status, proof.At, proof.Files, proof.Rows, proof.ThroughSeq, proof.Reason);
}
