using System.CommandLine;
using System.Globalization;
using DeviceHarness.Cli.Output;
using DeviceHarness.Codecs.Explain;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness decode</c>: explains octets.</summary>
internal static class DecodeCommand
{
    private static readonly Dictionary<string, ExplainLayer> Layers = new()
    {
        ["hdlc"] = ExplainLayer.Hdlc,
        ["wrapper"] = ExplainLayer.Wrapper,
        ["llc"] = ExplainLayer.Llc,
        ["apdu"] = ExplainLayer.Apdu,
        ["data"] = ExplainLayer.Data,
        ["sign-on"] = ExplainLayer.SignOn,
        ["ash"] = ExplainLayer.Ash,
        ["ezsp"] = ExplainLayer.Ezsp,
        ["aps"] = ExplainLayer.Aps,
        ["zcl"] = ExplainLayer.Zcl,
        ["zdo"] = ExplainLayer.Zdo,
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string[]> hex = new("hex")
        {
            Description = "Octets as hexadecimal, spaces allowed; '-' reads standard input",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> layer = new("--as")
        {
            Description = $"What the octets are, when their beginning misleads: {string.Join(", ", Layers.Keys)}",
            HelpName = "layer",
        };
        Option<string?> cluster = new("--cluster")
        {
            Description = "The cluster of a ZCL frame or ZDO message, four hexadecimal digits: the octets do not say it",
            HelpName = "number",
        };
        DecodeKeys keys = new();
        Command command = new(
            "decode",
            """
            Explain captured octets: HDLC frames, a wrapper, an APDU or values; ciphered ones with a key. Exit code 1 when they are
            malformed, or when no key given fits.

            Examples:
              harness decode 7EA0070321930F017E
              harness decode C0 01 C1 00 08 00 00 01 00 00 FF 02 00
              harness decode - < capture.txt
              harness decode --as data 02020F00161E
              harness decode --as ezsp 2A00011800
              harness decode --as zcl --cluster 0702 1801010000002515CD5B070000
              harness decode --as zdo --cluster 8005 0400 1D4A 02 01F2
              harness decode --key-file bench.keys --title 4D4D4D0000BC614E C81E3001234567411312FF935A47566827C467BC7D825C3BE4A77C3FCC056B6B
            """)
        { hex, layer, cluster };
        keys.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] words = parsed.GetRequiredValue(hex);
            string text = words is ["-"] ? await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false) : string.Concat(words);
            byte[] octets = Octets(text);
            DecipheringKeys? known = await keys.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            ExplainOptions options = new(LayerOf(parsed.GetValue(layer)), known, ClusterOf(parsed.GetValue(cluster)));
            IReadOnlyList<string> lines = FrameExplainer.Explain(octets, options, out bool isWellFormed);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(new { IsWellFormed = isWellFormed, Lines = lines });
            }
            else
            {
                foreach (string line in lines)
                {
                    Console.WriteLine(line);
                }
            }

            return isWellFormed ? ExitCode.Passed : ExitCode.Failed;
        });
        return command;
    }

    private static ExplainLayer LayerOf(string? name) => name switch
    {
        null => ExplainLayer.Automatic,
        _ when Layers.TryGetValue(name, out ExplainLayer layer) => layer,
        _ => throw new CommandException(ExitCode.Usage, $"--as: found '{name}'; allowed: {string.Join(", ", Layers.Keys)}"),
    };

    private static ushort? ClusterOf(string? digits) => digits switch
    {
        null => null,
        { Length: 4 } when ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort cluster) =>
            cluster,
        _ => throw new CommandException(ExitCode.Usage, $"--cluster: found '{digits}'; allowed: four hexadecimal digits, such as 0702"),
    };

    private static byte[] Octets(string text)
    {
        string digits = string.Concat(text.Where(character => !char.IsWhiteSpace(character) && character is not (':' or '-')));
        try
        {
            return Convert.FromHexString(digits);
        }
        catch (FormatException)
        {
            throw new CommandException(
                ExitCode.Usage, $"'{(text.Length > 40 ? text[..40] + "…" : text.Trim())}' is not pairs of hexadecimal digits");
        }
    }
}
