namespace Zotify.Logging.Configuration;

/// <summary>The kind of a log file. It decides the names of its side files.</summary>
internal enum LogFileKind
{
    /// <summary>A text file, rolled to six digits.</summary>
    Text,

    /// <summary>A journal, rolled to twenty digits, with its own side files.</summary>
    Journal,
}
