using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Duis.Undo;

/// <summary>How a state of a device that a command changed is put back: what reads it, and which command restores it.</summary>
/// <param name="Name">What the state is, such as <c>supply</c>.</param>
/// <param name="Variants">The service reference variants that change it.</param>
/// <param name="BaselineFact">The fact of a rig file that states the state to go back to.</param>
/// <param name="UsualBaseline">The state to go back to when the rig file states none; null when there is no usual one, and then nothing is
/// put back.</param>
/// <param name="Read">The request that reads the state back.</param>
/// <param name="StateOf">The state that an answer to <paramref name="Read"/> tells; null when it tells none.</param>
/// <param name="Restore">The command that brings a device to a state; null when none does exactly.</param>
public sealed record UndoRule(
    string Name, IReadOnlyList<string> Variants, string BaselineFact, string? UsualBaseline, SrvRequestBody Read,
    Func<SrvResponseBody, string?> StateOf, Func<string, SrvRequestBody?> Restore)
{
    /// <summary>The state that a device goes back to; null when nobody states one.</summary>
    /// <param name="facts">What the rig file states of the device.</param>
    public string? BaselineOf(IReadOnlyDictionary<string, string> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.TryGetValue(BaselineFact, out string? stated) ? stated : UsualBaseline;
    }
}
