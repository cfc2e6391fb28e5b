using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Capture;

/// <summary>Logs with a logger of the library, and returns the record that reaches a handler.</summary>
internal static class CapturedRecord
{
    public static async Task<LogRecord> Captured(Action<ILogger> log, TimeProvider? time = null, IReadOnlyList<string>? redact = null)
    {
        var handler = new CollectingHandler();
        await using var test =
            new ServiceUnderTest { Time = time ?? TimeProvider.System, Redact = redact ?? ["password", "token"] }.With(handler);
        log(test.Logger());
        await test.Service.FlushAsync(FlushTo.Disk);
        return handler.Records.Single();
    }
}
