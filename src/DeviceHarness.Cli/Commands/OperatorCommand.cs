using System.CommandLine;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Output;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness operator</c>: what cases ask of the person at a bench.</summary>
internal static class OperatorCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new(
        "operator",
        """
        What running cases ask of the person at a bench: to read a display, for one. On the machine of the agent.

        Examples:
          harness operator list
          harness operator answer 1 --value 00123.456 --picture display.jpg
        """)
    { List(), Answer() };

    private static Command List()
    {
        Option<string> rigConfig = CommonOptions.RigConfig();
        Command command = new(
            "list",
            """
            Show the open questions of a rig, each with the time when it is taken back.

            Examples:
              harness operator list
              harness operator list --rig-config rigs/my-rig/rig.yaml --json
            """)
        { rigConfig };
        command.SetAction(parsed =>
        {
            RigConfiguration rig = RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig));
            IReadOnlyList<OpenQuestion> open = OperatorListing.Open(CommonOptions.DataFolderOf(parsed), rig.Name);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(open);
                return ExitCode.Passed;
            }

            if (open.Count == 0)
            {
                Console.WriteLine($"{rig.Name} asks nothing now");
            }

            foreach (OpenQuestion question in open)
            {
                string picture = question.Question.WantsPicture ? "; a picture has to come with it" : string.Empty;
                Console.WriteLine(FormattableString.Invariant(
                    $"{question.Number}: {question.Question.Text} (until {question.Until:HH:mm:ss} UTC{picture})"));
            }

            return ExitCode.Passed;
        });
        return command;
    }

    private static Command Answer()
    {
        Option<string> rigConfig = CommonOptions.RigConfig();
        Argument<int> number = new("number") { Description = "The question, by its number" };
        Option<string> value = new("--value")
        {
            Description = "What the display shows, every digit as it stands there",
            HelpName = "text",
            DefaultValueFactory = _ => string.Empty,
        };
        Option<string?> picture = new("--picture") { Description = "A picture of it, PNG or JPEG; it becomes evidence", HelpName = "file" };
        Command command = new(
            "answer",
            """
            Answer a question. The case that asked goes on with it.

            Examples:
              harness operator answer 1 --value 00123.456
              harness operator answer 1 --value 00123.456 --picture display.jpg
            """)
        { number, value, picture, rigConfig };
        command.SetAction(parsed =>
        {
            RigConfiguration rig = RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig));
            OperatorAnswer answer = new(Environment.UserName, TimeProvider.System.GetUtcNow(), parsed.GetRequiredValue(value))
            {
                Picture = parsed.GetValue(picture) is { } file ? ReadPicture(file) : null,
            };
            OperatorListing.Answer(
                CommonOptions.DataFolderOf(parsed), rig.Name, parsed.GetRequiredValue(number), answer);
            Console.WriteLine("answered; the case goes on within a second");
            return ExitCode.Passed;
        });
        return command;
    }

    private static OperatorPicture ReadPicture(string file)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Usage, $"{file} cannot be read: {exception.Message}");
        }

        return OperatorPicture.Of(content) ?? throw new CommandException(
            ExitCode.Usage, $"{file} is no PNG or JPEG of at most {EvidenceRecorded.MaximumOctets / 1024 / 1024} MiB");
    }
}
