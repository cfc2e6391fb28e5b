using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Journal;

namespace Zotify.Logging.Tests.Support;

/// <summary>Hosts on a disk that a test can make fail.</summary>
internal static class DiskExtensions
{
    /// <summary>The journals are written to this disk.</summary>
    public static void UseDisk(this ILoggingBuilder logging, FaultyDisk disk) => logging.UseDisk(disk.Open);

    /// <summary>The journals open their files with this function.</summary>
    public static void UseDisk(this ILoggingBuilder logging, Func<string, IJournalFile> open) =>
        logging.Services.AddSingleton(open);
}
