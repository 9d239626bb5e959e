namespace DeviceHarness.Agent.Bench;

/// <summary>Something of a home area network that a person at the bench has to know, and that is no answer to anybody.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What happened, to which device.</param>
public sealed record HanNotice(DateTimeOffset At, string Text);
