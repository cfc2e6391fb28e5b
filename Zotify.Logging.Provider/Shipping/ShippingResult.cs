namespace Zotify.Logging.Shipping;

/// <summary>What became of lines that a target got.</summary>
/// <param name="Rejected">How many it refused for good.</param>
/// <param name="Message">Why, in its words, or another remark of it; <see langword="null"/> without one.</param>
internal readonly record struct ShippingResult(long Rejected, string? Message);
