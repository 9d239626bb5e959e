using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Evidence;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Steps;

/// <summary>A display that a person reads (DP101: what a large gas meter shows, held against its register).</summary>
public sealed class DisplayStepTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    private readonly ScriptedBench _bench = new();
    private readonly RecordingJournal _journal = new();
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData("00123.456", Verdict.Passed)]
    [InlineData("00123.455", Verdict.Failed)]
    [InlineData("123.456", Verdict.Failed)]
    public async Task What_a_person_reads_is_held_against_form_and_register(string shown, Verdict verdict)
    {
        _bench.Operator = new Person(new OperatorAnswer("ann", DateTimeOffset.UnixEpoch, shown));

        AttemptResult result = await RunAsync(
            "- display: { read: \"the total, m3\", shown: { matches: \"^[0-9]{5}[.][0-9]{3}$\", at-least: 123.456 } }");

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Reason.EndsWith($"found {shown}", StringComparison.Ordinal).Should().Be(verdict == Verdict.Failed, result.Reason);
    }

    [Fact]
    public async Task The_answer_and_its_picture_are_evidence_and_later_steps_use_it()
    {
        Person person = new(new OperatorAnswer("ann", DateTimeOffset.UnixEpoch, "00123.456") { Picture = OperatorPicture.Of(Png) });
        _bench.Operator = person;

        AttemptResult result = await RunAsync(
            "- display: { read: \"the total\", picture: required }\n  capture: { total: shown }\n"
            + "- display: { read: \"again\", shown: \"${total}\" }");

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        person.Asked.Select(question => (question.Device, question.Text, question.WantsValue, question.WantsPicture)).Should().Equal(
            ("esme-01", "Read off the display of esme-01: the total", true, true),
            ("esme-01", "Read off the display of esme-01: again", true, false));
        EvidenceRecorded[] evidence = [.. _journal.Events.OfType<EvidenceRecorded>()];
        evidence.Select(piece => (piece.Name, piece.MediaType)).Should().Equal(
            ("step-1.png", "image/png"), ("step-2.png", "image/png"), ("evidence.json", "application/json"));
        evidence[0].Content.ToArray().Should().Equal(Png);
        EvidenceReader.Read(evidence[2].Content.Span, "evidence.json").Steps[0].Operator.Should().BeEquivalentTo(
            new { Asked = "Read off the display of esme-01: the total", Value = "00123.456", By = "ann", Picture = "step-1.png" });
    }

    [Fact]
    public async Task Nobody_who_answers_and_a_picture_that_is_missing_are_the_benchs_fault()
    {
        _bench.Operator = new Person(null);
        AttemptResult silent = await RunAsync("- display: { read: \"the total\", shown: \"1\", within: 2m }");
        _bench.Operator = new Person(new OperatorAnswer("ann", DateTimeOffset.UnixEpoch, "2"));
        AttemptResult blind = await RunAsync("- display: { read: \"the total\", shown: \"1\", picture: required }");
        _bench.Operator = null;
        AttemptResult alone = await RunAsync("- display: { read: \"the total\", shown: \"1\" }");

        silent.Verdict.Should().Be(Verdict.Inconclusive);
        silent.Reason.Should().Contain("nobody answered within 2 minutes");
        blind.Verdict.Should().Be(Verdict.Inconclusive);
        alone.Verdict.Should().Be(Verdict.Blocked);
    }

    [Fact]
    public void Only_pictures_are_taken_for_pictures()
    {
        OperatorPicture.Of(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 })!.MediaType.Should().Be("image/jpeg");
        OperatorPicture.Of("<svg/>"u8.ToArray()).Should().BeNull();
        OperatorPicture.Of((byte[])[.. Png, .. new byte[EvidenceRecorded.MaximumOctets]]).Should().BeNull();
    }

    private Task<AttemptResult> RunAsync(string steps)
    {
        TestPack pack = PackText.LoadSteps(steps);
        return new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], _bench, _journal, new RunOptions { Time = _time }, CancellationToken.None).DefaultTimeout();
    }

    private sealed class Person(OperatorAnswer? answer) : IOperatorPort
    {
        public List<OperatorQuestion> Asked { get; } = [];

        public Task<OperatorAnswer?> AskAsync(OperatorQuestion question, TimeSpan within, CancellationToken cancellationToken)
        {
            Asked.Add(question);
            return Task.FromResult(answer);
        }
    }
}
