using System.CommandLine;
using DeviceHarness.Cli.Output;
using DeviceHarness.Codecs.Explain;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness decode</c>: explains octets.</summary>
internal static class DecodeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string[]> hex = new("hex")
        {
            Description = "Octets as hexadecimal, spaces allowed; '-' reads standard input",
            Arity = ArgumentArity.OneOrMore,
        };
        Command command = new(
            "decode",
            """
            Explain captured octets: HDLC frames, or a bare DLMS APDU. Exit code 1 when they are malformed.

            Examples:
              harness decode 7EA0070321930F017E
              harness decode C0 01 C1 00 08 00 00 01 00 00 FF 02 00
              harness decode - < capture.txt
            """)
        { hex };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] words = parsed.GetRequiredValue(hex);
            string text = words is ["-"] ? await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false) : string.Concat(words);
            byte[] octets = Octets(text);
            IReadOnlyList<string> lines = FrameExplainer.Explain(octets, out bool isWellFormed);
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
