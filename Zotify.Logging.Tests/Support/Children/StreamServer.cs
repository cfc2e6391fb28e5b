using System.Globalization;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// A server whose stream has many subscribers, as a separate process, so that its memory is measured apart from theirs. It prints its
/// address, then runs the commands <c>log &lt;count&gt; &lt;a second&gt;</c>, which sends numbered lines with the time at an even pace, and
/// <c>memory</c>. After each it prints its working set in bytes, before and after a garbage collection.
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

    /// <summary>Starts it. Returns the address of the stream.</summary>
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
