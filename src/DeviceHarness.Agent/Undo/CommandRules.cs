using DeviceHarness.Agent.Rig;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Undo;

namespace DeviceHarness.Agent.Undo;

/// <summary>The rules for the states that a command changes, or may.</summary>
internal static class CommandRules
{
    /// <summary>The rule of the command first, then those of what it may change beside what it is for; none for a withdrawal.</summary>
    public static IEnumerable<(UndoRule Rule, bool IsBeside)> Of(RigDevice device, SrvRequestBody command)
    {
        if (command is IDeviceDated { IsWithdrawal: true })
        {
            yield break;
        }

        if (UndoRules.For(device.DeviceType, command) is { } rule)
        {
            yield return (rule, false);
        }

        foreach (UndoRule beside in UndoRules.Beside(device.DeviceType, command))
        {
            yield return (beside, true);
        }
    }
}
