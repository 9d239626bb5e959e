namespace DeviceHarness.Duis.Messages;

/// <summary>A message that was read, with what was accepted with a doubt.</summary>
/// <param name="Message">The message.</param>
/// <param name="Warnings">One sentence for each doubt; empty when there was none.</param>
/// <typeparam name="T">The kind of message.</typeparam>
public sealed record DuisReading<T>(T Message, IReadOnlyList<string> Warnings);
