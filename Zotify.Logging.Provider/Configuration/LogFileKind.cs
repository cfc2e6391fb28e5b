namespace Zotify.Logging.Configuration;

/// <summary>What a log file is, which decides what the files beside it are called.</summary>
internal enum LogFileKind
{
    /// <summary>A text file, rolled to six digits.</summary>
    Text,

    /// <summary>A journal, rolled to twenty digits, with files of its own beside it.</summary>
    Journal,
}
