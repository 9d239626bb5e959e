using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Duis.Undo;

/// <summary>What a device told of a state: the answers to the reads of an <see cref="UndoRule"/>, without those that it refused.</summary>
/// <param name="answers">The answers.</param>
public sealed class UndoReadings(IReadOnlyList<SrvResponseBody> answers)
{
    /// <summary>Nothing was read.</summary>
    public static UndoReadings None { get; } = new([]);

    /// <summary>An answer by its type; null when there is none.</summary>
    internal T? Find<T>()
        where T : SrvResponseBody => answers.OfType<T>().FirstOrDefault();
}
