namespace DeviceHarness.Agent.Doctor;

/// <summary>What a check of the bench found, of one thing.</summary>
/// <param name="Check">The check, such as <c>adapter</c>.</param>
/// <param name="Subject">What was looked at, by its name in the rig file.</param>
/// <param name="State">Whether something has to be done.</param>
/// <param name="Found">What was found.</param>
/// <param name="Advice">What to do about it; empty when nothing.</param>
public sealed record DoctorFinding(string Check, string Subject, DoctorState State, string Found, string Advice);
