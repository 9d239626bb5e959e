using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Duis.Undo;

/// <summary>What a device told of a state: the answers to the reads of an <see cref="UndoRule"/>, without those that it refused.</summary>
/// <param name="answers">The answers.</param>
/// <param name="at">When it told it, by the clock of the bench; null when nobody noted it.</param>
public sealed class UndoReadings(IReadOnlyList<SrvResponseBody> answers, DateTimeOffset? at = null)
{
    /// <summary>When the device told it; null when nobody noted it.</summary>
    internal DateTimeOffset? At { get; } = at;

    /// <summary>Nothing was read.</summary>
    public static UndoReadings None { get; } = new([]);

    /// <summary>An answer by its type; null when there is none.</summary>
    internal T? Find<T>()
        where T : SrvResponseBody => answers.OfType<T>().FirstOrDefault();
}
