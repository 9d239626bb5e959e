using System.CommandLine;
using System.Globalization;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Survey;

namespace DeviceHarness.Cli.Commands;

/// <summary>What <c>harness survey</c> is told.</summary>
internal sealed class SurveyOptions
{
    private readonly Option<string> _rigConfig = CommonOptions.RigConfig();

    private readonly Option<string?> _out = new("--out")
    {
        Description = "The folder for the drafts, which must not be there yet (default: ./survey-<what>-<time>)",
        HelpName = "folder",
    };

    private readonly Option<int[]> _baud = new("--baud")
    {
        Description = "The rates to try, 300 to 3000000 (default: those that meters have)",
        HelpName = "baud",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _address = new("--address")
    {
        Description = "The HDLC addresses to try: upper, upper/lower or upper/lower/4 (default: those that meters have)",
        HelpName = "address",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _password = new("--password")
    {
        Description =
            "Where the password of low-level security is that is sent once: file:<path>; test:<made-up secret> for virtual meters",
        HelpName = "reference",
    };

    private readonly Option<int> _client = new("--client")
    {
        Description = "The client that has the password, 1 to 127",
        HelpName = "client",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> _like = new("--like")
    {
        Description = "A profile whose reads are taken over where the device has their objects",
        HelpName = "file",
    };

    /// <summary>Makes the options.</summary>
    public SurveyOptions()
    {
        InRange(_client, 1, 127);
        InRange(_baud, 300, 3_000_000);
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_out, _baud, _address, _password, _client, _like, _rigConfig])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Surveys what was named.</summary>
    public Task<SurveyReport> RunAsync(string target, ParseResult parsed, Action<string> told, CancellationToken cancellationToken)
    {
        string data = CommonOptions.DataFolderOf(parsed);
        if (target.Contains('/', StringComparison.Ordinal) || PortSurvey.IsRemote(target))
        {
            return AtPortAsync(target, target, data, parsed, told, cancellationToken);
        }

        RigConfiguration rig = RigConfigurationReader.Read(parsed.GetRequiredValue(_rigConfig));
        if (rig.Devices.FirstOrDefault(device => device.Id.Value == target) is { } known)
        {
            return AtPortAsync(PortSurvey.PortOf(rig, known, data), target, data, parsed, told, cancellationToken);
        }

        if (rig.Adapters.Any(adapter => adapter.Name == target))
        {
            return HanSurvey.RunAsync(
                rig, target, OutFolder(target, parsed), data, told, TimeProvider.System, cancellationToken);
        }

        string names = string.Join(
            ", ", rig.Adapters.Select(adapter => adapter.Name).Concat(rig.Devices.Select(device => device.Id.Value)));
        throw new CommandException(
            ExitCode.Usage,
            $"found '{target}'; allowed: the path of a serial port, tcp:<host>:<port>, rfc2217:<host>:<port>, or "
            + $"of {parsed.GetValue(_rigConfig)}: {names}");
    }

    private static void InRange(Option option, int least, int most) => option.Validators.Add(result =>
    {
        foreach (string text in result.Tokens.Select(token => token.Value))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value < least || value > most)
            {
                result.AddError($"{option.Name}: found '{text}'; allowed: {least} to {most}");
            }
        }
    });

    private Task<SurveyReport> AtPortAsync(
        string port, string what, string data, ParseResult parsed, Action<string> told, CancellationToken cancellationToken) =>
        PortSurvey.RunAsync(
            new PortSurveyOptions
            {
                Port = port,
                OutFolder = OutFolder(what, parsed),
                DataFolder = data,
                Bauds = parsed.GetValue(_baud) ?? [],
                Addresses = parsed.GetValue(_address) ?? [],
                Password = parsed.GetValue(_password),
                PasswordClient = parsed.GetValue(_client),
                LikeProfile = parsed.GetValue(_like),
                Told = told,
            },
            TimeProvider.System, cancellationToken);

    private string OutFolder(string what, ParseResult parsed) => parsed.GetValue(_out) ?? string.Create(
        CultureInfo.InvariantCulture,
        $"survey-{Path.GetFileName(what.TrimEnd('/')).Replace(':', '-')}-{TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}");
}
