using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Agent.Bench;

/// <summary>A question that nobody has answered yet.</summary>
/// <param name="Number">Its number, from 1; it begins anew with each start of the agent.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Until">When it is taken back, in UTC.</param>
public sealed record OpenQuestion(int Number, OperatorQuestion Question, DateTimeOffset Until);
