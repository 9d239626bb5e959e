namespace DeviceHarness.Agent.Undo;

/// <summary>What is owed to a device: a state to put back, or, once that was tried in vain, its quarantine.</summary>
/// <param name="Device">The device's name in the rig file.</param>
/// <param name="Rule">The name of the rule that puts the state back.</param>
/// <param name="Baseline">The state to go back to.</param>
/// <param name="Srv">The command that changed it, or may have.</param>
/// <param name="By">Whose command it was: the case and its attempt.</param>
/// <param name="At">When it was registered, or quarantined.</param>
/// <param name="Quarantine">Why the device is in quarantine; null while the undo is only owed.</param>
/// <param name="IsDated">Whether the device may hold a change for a later time, which has to be withdrawn.</param>
internal sealed record UndoEntry(
    string Device, string Rule, string Baseline, string Srv, string By, DateTimeOffset At, string? Quarantine = null,
    bool IsDated = false);
