using Microsoft.Extensions.Hosting;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Monitoring;

/// <summary>
/// Proves what is new in the audit log at each roll, and an hour after the last proof. A start is no reason to read the log: the first
/// proof comes a minute later, so that a program that ends soon does not pay for it.
/// </summary>
/// <param name="prover">Proves the log; <see langword="null"/> where another process writes it.</param>
/// <param name="time">The clock.</param>
/// <param name="diagnostics">Where failures are reported.</param>
internal sealed class ProofLoop(AuditProver? prover, TimeProvider time, SelfDiagnostics diagnostics) : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (prover is null) return;
        // The files must not be read in the thread that starts the host.
        await Task.Yield();
        prover.Open();
        var (next, rolled) = (NextOf(prover.Last), (long?)null);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var now = prover.LastRolled;
                var hasRolled = now != (rolled ??= now);
                if (hasRolled || time.GetUtcNow() >= next)
                {
                    // A failure is tried again a minute later: it may have read the whole log.
                    (rolled, next) = (now, time.GetUtcNow() + Delay);
                    next = NextOf(await prover.ProveAsync(stoppingToken).ConfigureAwait(false));
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // Any failure: the proof comes later, and its age shows that.
#pragma warning disable CA1031
            catch (Exception exception)
#pragma warning restore CA1031
            {
                diagnostics.Report("proof", FailureKind.Temporary, "the audit log cannot be proven now; it is tried again", exception);
            }

            await Task.Delay(PollInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private DateTimeOffset NextOf(AuditProof? last)
    {
        var now = time.GetUtcNow();
        // A time that is still to come proves nothing.
        return last is null || last.At > now || now - last.At > Interval - Delay ? now + Delay : last.At + Interval;
    }
}
