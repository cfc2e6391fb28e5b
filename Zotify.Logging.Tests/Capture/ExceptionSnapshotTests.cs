using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Records;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Capture;

/// <summary>The text of an exception is that of the call, whenever it is rendered.</summary>
[TestClass]
public sealed class ExceptionSnapshotTests
{
    [TestMethod]
    public void The_text_is_that_of_the_exception()
    {
        Exception[] exceptions =
        [
            new InvalidOperationException("never thrown"),
            Thrown(() => Deep(3)),
            Thrown(() => throw new InvalidOperationException("outer", Thrown(() => Deep(2)))),
            Thrown(() => throw new AggregateException("several", Thrown(() => Deep(1)), new IOException("two\r\nlines"))),
            Thrown(() => throw new InvalidOperationException("outer", new AggregateException("within", Thrown(() => Deep(1))))),
            Thrown(() => _ = new int[1].AsSpan(2, 5)),
            Thrown(() => throw new ArgumentException("with a name", nameof(exceptions))),
            Thrown(() => throw new FileNotFoundException("gone", "a.txt")),
            Thrown(() => throw new InvalidOperationException("")),
            Thrown(() => throw ExceptionDispatchInfo.SetRemoteStackTrace(new IOException("far"), "   at Far.Away()")),
            Thrown(() => ExceptionDispatchInfo.Capture(Thrown(() => Deep(2))).Throw()),
            new OfOwnTrace(),
            new OfOwnText(),
            Enumerable.Range(0, 40).Aggregate(new IOException("innermost"), (inner, i) => new IOException($"level {i}", inner)),
        ];
        foreach (var exception in exceptions)
        {
            var expected = exception.ToString().ReplaceLineEndings("\n");
            Assert.AreEqual(expected, Text(ExceptionSnapshot.Take(exception, text => text)));
        }

        Assert.IsInstanceOfType<ExceptionSnapshot>(ExceptionSnapshot.Take(exceptions[1], text => text), "a common exception is not rendered in the call");
    }

    [TestMethod]
    public async Task An_exception_that_is_thrown_on_keeps_the_trace_of_the_call()
    {
        var snapshots = new List<(object Taken, string Expected)>();
        void Take(Exception exception) => snapshots.Add((ExceptionSnapshot.Take(exception, text => text), exception.ToString().ReplaceLineEndings("\n")));
        Exception last;
        try
        {
            try
            {
                await ThrowAgainAsync(Take);
                return;
            }
            catch (InvalidOperationException exception)
            {
                Take(exception);
#pragma warning disable CA2200 // It begins a new trace, which is what is tested.
                throw exception;
#pragma warning restore CA2200
            }
        }
        catch (InvalidOperationException exception)
        {
            last = exception;
        }

        Assert.HasCount(3, snapshots);
        Assert.HasCount(4, snapshots.Select(snapshot => snapshot.Expected).Append(last.ToString()).Distinct().ToArray());
        foreach (var (taken, expected) in snapshots) Assert.AreEqual(expected, Text(taken));
    }

    [TestMethod]
    public async Task A_message_that_changes_is_that_of_the_call()
    {
        var handler = new CollectingHandler { Gate = new TaskCompletionSource() };
        await using var test = new ServiceUnderTest().With(handler);
        var exception = new Changing { Now = "then" };
        test.Logger().LogError(new InvalidOperationException("outer", exception), "failed");
        exception.Now = "now";
        handler.Gate.SetResult();
        await test.Service.FlushAsync(FlushTo.Disk);

        Assert.AreEqual(
            $"System.InvalidOperationException: outer\n ---> {typeof(Changing)}: then\n   --- End of inner exception stack trace ---",
            handler.Records.Single().Exception);
    }

    [TestMethod]
    public void The_snapshot_does_not_keep_the_exception()
    {
        var (taken, exception) = Snapshot();
        // The thread may know the last exception for a moment.
        Assert.IsTrue(SpinWait.SpinUntil(() => !IsAliveAfterCollection(exception), TimeSpan.FromMinutes(1)));
        StringAssert.Contains(Text(taken), "the track is not to be had", StringComparison.Ordinal);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (object, WeakReference) Snapshot()
        {
            var thrown = Thrown(() => Deep(3));
            return (ExceptionSnapshot.Take(thrown, text => text), new WeakReference(thrown));
        }
    }

    private static bool IsAliveAfterCollection(WeakReference exception)
    {
        GC.Collect();
        return exception.IsAlive;
    }

    private static string Text(object taken) => taken as string ?? ((ExceptionSnapshot)taken).Text;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Deep(int depth)
    {
        if (depth == 0) throw new InvalidOperationException("the track is not to be had");
        Deep(depth - 1);
    }

    private static async Task ThrowAgainAsync(Action<Exception> take)
    {
        await Task.Yield();
        try
        {
            ThrowOn(take);
        }
        catch (Exception exception)
        {
            take(exception);
            throw;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowOn(Action<Exception> take)
    {
        try
        {
            Deep(2);
        }
        catch (Exception exception)
        {
            take(exception);
            throw;
        }
    }

    private static Exception Thrown(Action action)
    {
        try
        {
            action();
            throw new AssertFailedException("nothing was thrown");
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private sealed class OfOwnTrace : Exception
    {
        public override string StackTrace => "   at Elsewhere()";
    }

    private sealed class OfOwnText : Exception
    {
        public override string ToString() => "a text of its own";
    }

    private sealed class Changing : Exception
    {
        public string Now { get; set; } = "";

        public override string Message => Now;
    }
}
