using System.CommandLine;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary>What a cycle is run for: the set, the Device Model Combination and the kind of installation.</summary>
internal sealed class PurposeOptions
{
    private readonly Option<string?> _kind = new("--as") { Description = "The set that it belongs to; regression needs --dmc" };

    private readonly Option<string?> _dmc = new("--dmc") { Description = "The Device Model Combination that it is for", HelpName = "id" };

    private readonly Option<string?> _installation =
        CommonOptions.Installation("The kind of installation that it is for", "dormant", "active", "mixed", "any");

    public PurposeOptions() => _kind.AcceptOnlyFromAmong("functional", "eoc", "regression", "unstated");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_kind);
        command.Options.Add(_dmc);
        command.Options.Add(_installation);
    }

    /// <summary>What was given; null when nothing was.</summary>
    public CyclePurpose? Of(ParseResult parsed)
    {
        (string? kind, string? dmc, string? installation) =
            (parsed.GetValue(_kind), parsed.GetValue(_dmc), parsed.GetValue(_installation));
        return kind is null && dmc is null && installation is null
            ? null
            : new CyclePurpose
            {
                Kind = kind switch
                {
                    "functional" => CycleKind.Functional,
                    "eoc" => CycleKind.Eoc,
                    "regression" => CycleKind.Regression,
                    _ => CycleKind.Unstated,
                },
                Dmc = dmc ?? string.Empty,
                Installation = CommonOptions.InstallationOf(installation) ?? InstallationType.Any,
            };
    }
}
