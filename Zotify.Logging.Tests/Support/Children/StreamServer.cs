using System.Globalization;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// A server whose stream many follow, in a process of its own so that its memory can be told from theirs. Prints its address; then obeys
/// <c>log &lt;count&gt; &lt;a second&gt;</c>, which sends numbered lines with the time at an even pace, and <c>memory</c>. After each it
/// prints its working set in bytes, as it is and after a collection of garbage.
/// </summary>
internal abstract class StreamServer : IChild
{
    /// <summary>The clock of the lines; the same in all processes of a machine.</summary>
    public static TimeProvider Time => TimeProvider.System;

    public async Task<int> RunAsync(string[] arguments)
    {
        await Console.Out.WriteLineAsync(await StartAsync());
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is ["log", var count, var perSecond])
                await LogAsync(int.Parse(count, CultureInfo.InvariantCulture), int.Parse(perSecond, CultureInfo.InvariantCulture));
            var workingSet = Environment.WorkingSet;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{workingSet} {Environment.WorkingSet}"));
        }

        await StopAsync();
        return 0;
    }

    /// <summary>Starts it; the address of the stream.</summary>
    protected abstract Task<string> StartAsync();

    /// <summary>Sends a line.</summary>
    protected abstract void Log(int number, long time);

    protected abstract Task StopAsync();

    private async Task LogAsync(int count, int perSecond)
    {
        var start = Time.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1), Time);
        for (var sent = 0; sent < count;)
        {
            await timer.WaitForNextTickAsync();
            var due = Math.Min(count, (int)(Time.GetElapsedTime(start).TotalSeconds * perSecond));
            for (; sent < due; sent++) Log(sent, Time.GetTimestamp());
        }
    }
}
