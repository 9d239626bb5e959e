using DeviceHarness.Agent.Replay;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Evidence;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Replay;

public sealed class LaterAnswersTests
{
    [Fact]
    public void Octets_of_a_wait_go_to_the_answer_that_was_taken_after_it()
    {
        StepEvidence[] joined =
            [.. LaterAnswers.Joined([Step(1, "request", "01"), Step(2, "wait", "02"), Step(3, "answer", null, hasRequest: true)])];

        joined.Select(step => (step.Index, step.Wire[0].Octets, step.StartedMicroseconds)).Should().Equal((1, "01", 1), (3, "02", 2));
    }

    [Theory]
    [InlineData("rotate-key")]
    [InlineData("request")]
    public void Octets_of_a_step_that_did_something_stay_with_it(string kind)
    {
        StepEvidence[] joined = [.. LaterAnswers.Joined([Step(1, kind, "01"), Step(2, "answer", null, hasRequest: true)])];

        joined.Select(step => step.Index).Should().Equal(1);
    }

    [Fact]
    public void Octets_of_a_wait_without_an_answer_stay_where_they_are_in_order()
    {
        StepEvidence[] joined =
        [
            .. LaterAnswers.Joined(
                [Step(1, "wait", "01"), Step(2, "request", "02"), Step(3, "wait", "03"), Step(4, "answer", "04", hasRequest: true)]),
        ];

        joined.Select(step => step.Index).Should().Equal(1, 2, 3, 4);
    }

    private static StepEvidence Step(int index, string kind, string? octets, bool hasRequest = false) => new()
    {
        Index = index,
        Name = kind,
        Kind = kind,
        Cleanup = false,
        Verdict = "Passed",
        Symptom = string.Empty,
        Reason = string.Empty,
        StartedMicroseconds = index,
        ElapsedMicroseconds = 0,
        Expectations = [],
        Captured = new Dictionary<string, string>(),
        WireLost = 0,
        Decode = [],
        Request = hasRequest
            ? new RequestEvidence
            {
                Srv = "4.1.1",
                CommandVariant = 1,
                Role = "IS",
                User = string.Empty,
                Target = string.Empty,
                Xml = string.Empty,
                Outcome = new OutcomeEvidence(nameof(DeviceOutcomeKind.Done), string.Empty, null, null),
            }
            : null,
        Wire = octets is null ? [] : [new WireEvidence(0, "esme-01", "ToDevice", octets)],
    };
}
