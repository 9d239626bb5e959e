using DeviceHarness.Virtual.Commands;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Commands;

public sealed class FileCommandLogTests : IDisposable
{
    private static readonly CommandRecord Command = new(
        new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero), "esme-01", 1, "ACTION", "0-0:10.0.106.255", 1, "120034", 0);

    private readonly string _folder = Directory.CreateTempSubdirectory("command-log-").FullName;

    [Fact]
    public void A_command_is_in_the_file_while_the_log_is_open()
    {
        string path = Path.Combine(_folder, "commands.jsonl");
        using FileCommandLog log = new(path);

        log.Append(Command);

        ReadWhileOpen(path).Should().Be(
            """{"Time":"2026-01-05T12:00:00+00:00","Device":"esme-01","Client":1"""
            + ""","Service":"ACTION","Object":"0-0:10.0.106.255","Member":1,"Data":"120034","Result":0}"""
            + "\n");
    }

    [Fact]
    public void Opening_the_file_again_appends()
    {
        string path = Path.Combine(_folder, "commands.jsonl");
        using (FileCommandLog log = new(path))
        {
            log.Append(Command);
        }

        using (FileCommandLog log = new(path))
        {
            log.Append(Command with { Member = 2 });
        }

        File.ReadAllLines(path).Should().HaveCount(2);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string ReadWhileOpen(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        return reader.ReadToEnd();
    }
}
