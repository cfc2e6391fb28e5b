namespace Zotify.Logging.Web.Demo;

/// <summary>The settings of the sample work that can change while it runs. Thread-safe.</summary>
internal sealed class DemoSettings
{
    private int _pauseMs = 10;

    /// <summary>The longest pause, in milliseconds.</summary>
    public const int MaxPauseMs = 10_000;

    /// <summary>The pause after each track, in milliseconds.</summary>
    public int PauseMs => Volatile.Read(ref _pauseMs);

    /// <summary>Changes the pause and returns the one before.</summary>
    public int ChangePauseMs(int value) => Interlocked.Exchange(ref _pauseMs, value);
}
