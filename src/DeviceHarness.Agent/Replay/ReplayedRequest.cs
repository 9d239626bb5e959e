namespace DeviceHarness.Agent.Replay;

/// <summary>One service request of a recorded attempt, carried out again on the recorded octets.</summary>
/// <param name="Case">The case.</param>
/// <param name="Step">The step, from 1.</param>
/// <param name="Srv">The service reference variant; the kind of the step where it was no service request.</param>
/// <param name="Device">The device.</param>
/// <param name="Recorded">What the device did then.</param>
/// <param name="Replayed">What came out now; empty when the replay broke first.</param>
/// <param name="Difference">The first difference; null when there is none.</param>
/// <param name="ClockWrites">How many writes of a clock differed in their time, which is no difference.</param>
public sealed record ReplayedRequest(
    string Case, int Step, string Srv, string Device, string Recorded, string Replayed, string? Difference, int ClockWrites);
