namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>Someone else moved the cursor in the meantime: roll back and read again.</summary>
internal sealed class CursorMovedException : Exception;
