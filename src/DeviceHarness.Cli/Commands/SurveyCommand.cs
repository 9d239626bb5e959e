using System.CommandLine;
using DeviceHarness.Agent.Survey;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness survey</c>: first contact with an unknown device.</summary>
internal static class SurveyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> target = new("target")
        {
            Description = "A serial port: its path, rfc2217:<host>:<port> or tcp:<host>:<port>; or a ZigBee adapter or a device of the rig "
                + "file by its name",
        };
        SurveyOptions options = new();
        Command command = new(
            "survey",
            """
            Find out what answers at a port, and write a draft profile and a draft rig file. Of a serial port: HDLC and the sign-on of IEC
            62056-21 at the usual rates and addresses, then what the public client may read: identity, object list, access rights. Of a
            port that another machine serves the same by rfc2217:, and by tcp: HDLC alone, on the line as it is. Of an adapter that is in
            a network: its devices, their endpoints, clusters and Basic attributes; it joins nothing and lets nobody in.
            Nothing is written to a device and no method is invoked. A password is sent only when --password names one, once; when it
            fails that is kept, and no password is sent to this device again. Ctrl-C keeps what is known. No agent may hold the port.
            Exit code 1 when something is not known, 3 when nothing answers.

            Examples:
              harness survey /dev/serial/by-id/usb-FTDI_FT232R-if00-port0
              harness survey rfc2217:192.0.2.7:4001
              harness survey /dev/ttyUSB0 --baud 19200 --address 1/1017 --out meter-one
              harness survey esme-01 --rig-config rig-config.yaml --like rigs/profiles/generic-smets1-esme.yaml
              harness survey /dev/ttyUSB0 --password file:password.txt --client 1 --json
              harness survey zb-01 --rig-config rigs/han/rig.yaml
            """)
        { target };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            SurveyReport report = await options.RunAsync(parsed.GetRequiredValue(target), parsed, Told, cancellationToken)
                .ConfigureAwait(false);
            Write(report, parsed.GetValue(CommonOptions.Json));
            return report.End switch
            {
                SurveyEnd.Known => ExitCode.Passed,
                SurveyEnd.Incomplete => ExitCode.Failed,
                SurveyEnd.Interrupted => ExitCode.Interrupted,
                _ => ExitCode.Infrastructure,
            };
        });
        return command;
    }

    private static void Told(string line) => Console.Error.WriteLine(line);

    private static void Write(SurveyReport report, bool isJson)
    {
        if (isJson)
        {
            Console.WriteLine(report.Json);
            return;
        }

        foreach (string line in report.Lines)
        {
            Console.WriteLine(line);
        }

        foreach ((string text, string advice) in report.Problems)
        {
            Console.WriteLine(text);
            Console.WriteLine($"       do: {advice}");
        }

        foreach (string file in report.Files)
        {
            Console.WriteLine($"wrote {file}");
        }
    }
}
