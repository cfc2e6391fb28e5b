using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Jobs;

/// <summary>Projected entries of jobs.</summary>
public abstract class JobStoreContract : StoreContract
{
    private protected async Task AddAsync(params string[] lines)
    {
        Journal.Append(lines);
        await ProjectAsync(new UnsettledJobs());
    }

    /// <summary>Two instances write the entries "one 1" and "two 1" to "one n" and "two n" of one job at once.</summary>
    private protected Task WriteAtOnceAsync(Projector one, Projector two, FakeJournal other, int count) => Task.Run(
        async () =>
        {
            for (var i = 1; i <= count; i++)
            {
                Journal.Append(Lines.Job(message: $"one {i}"));
                other.Append(Lines.Job(message: $"two {i}", instance: "m2/app"));
                if (i % 20 == 0) await Task.WhenAll(one.CatchUpAsync(i, Cancellation), two.CatchUpAsync(i, Cancellation));
            }
        },
        Cancellation);
}
