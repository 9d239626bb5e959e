using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>Questions to the person at the bench, and the answers of another process.</summary>
public sealed class OperatorDeskTests : IDisposable
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    private string Folder => OperatorDesk.FolderOf(_folder.Path, "bench-01");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_answer_comes_with_its_picture_and_the_question_is_gone_then()
    {
        OperatorDesk desk = new(Folder, _time);
        Task<OperatorAnswer?> asked = AskAsync(desk, wantsPicture: true);
        OpenQuestion open = OperatorListing.Open(_folder.Path, "bench-01").Should().ContainSingle().Subject;
        OperatorAnswer answer = new("ann", DateTimeOffset.UnixEpoch, "00123.456") { Picture = OperatorPicture.Of(Jpeg) };

        OperatorListing.Answer(_folder.Path, "bench-01", open.Number, answer);
        _time.Advance(OperatorDesk.LookInterval);
        OperatorAnswer? got = await asked.DefaultTimeout();

        open.Question.Text.Should().Be("Read it");
        open.Until.Should().Be(_time.GetUtcNow() - OperatorDesk.LookInterval + TimeSpan.FromMinutes(5));
        (got!.By, got.Value, got.Picture!.MediaType).Should().Be(("ann", "00123.456", "image/jpeg"));
        got.Picture.Content.ToArray().Should().Equal(Jpeg);
        Directory.GetFiles(Folder).Should().BeEmpty();
    }

    [Fact]
    public async Task A_question_that_nobody_answers_is_taken_back()
    {
        OperatorDesk desk = new(Folder, _time);
        Task<OperatorAnswer?> asked = AskAsync(desk, wantsPicture: false);

        await Eventually.HoldsAsync(() =>
        {
            _time.Advance(OperatorDesk.LookInterval);
            return asked.IsCompleted;
        });

        (await asked).Should().BeNull();
        Directory.GetFiles(Folder).Should().BeEmpty();
    }

    [Fact]
    public async Task An_answer_without_what_is_wanted_is_refused_and_so_is_one_to_nothing()
    {
        OperatorDesk desk = new(Folder, _time);
        using CancellationTokenSource stop = new();
        Task<OperatorAnswer?> asked = desk.AskAsync(
            new OperatorQuestion("gsme-01", "Read it") { WantsValue = true, WantsPicture = true }, TimeSpan.FromMinutes(5), stop.Token);
        OperatorAnswer answer = new("ann", DateTimeOffset.UnixEpoch, "1");

        Code(() => OperatorDesk.Answer(Folder, 1, answer)).Should().Be("OPER-002");
        Code(() => OperatorDesk.Answer(Folder, 1, answer with { Value = string.Empty, Picture = OperatorPicture.Of(Jpeg) }))
            .Should().Be("OPER-002");
        Code(() => OperatorDesk.Answer(Folder, 2, answer)).Should().Be("OPER-002");
        await stop.CancelAsync();
        await asked.Invoking(task => task.DefaultTimeout()).Should().ThrowAsync<OperationCanceledException>();
        OperatorDesk.Open(Folder).Should().BeEmpty("a case that is over asks nothing");
    }

    [Fact]
    public void What_an_agent_that_was_killed_had_asked_is_taken_back_at_the_next_start()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "1.question.json"), "{}");

        OperatorDesk.TakeBack(Folder);

        Directory.GetFiles(Folder).Should().BeEmpty();
    }

    private static Task<OperatorAnswer?> AskAsync(OperatorDesk desk, bool wantsPicture) => desk.AskAsync(
        new OperatorQuestion("gsme-01", "Read it") { WantsValue = true, WantsPicture = wantsPicture }, TimeSpan.FromMinutes(5),
        CancellationToken.None);

    private static string Code(Action act) => act.Should().Throw<TransportException>().Which.Code;
}
