namespace DeviceHarness.Abstractions.Execution;

/// <summary>One thing that several devices of a home area network were asked, and the form of each answer: never its value.</summary>
/// <param name="Question">What they were asked.</param>
/// <param name="Forms">The form of the answer of each, in the order in which they were named: a status, that nothing is known, that there
/// is a value, or the code of a breach of the protocol; null where no answer came.</param>
public sealed record AnswerForms(string Question, IReadOnlyList<string?> Forms);
