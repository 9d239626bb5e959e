using System.Text;
using DeviceHarness.Cli;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary>One command that needs no process of its own: run in this one, where starting it costs nothing.</summary>
/// <remarks>What it prints is told apart from what others print by the flow of the call. The working folder and the environment are this
/// process's.</remarks>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    private static readonly FlowWriter Out = FlowWriter.Instead(Console.Out, Console.SetOut);
    private static readonly FlowWriter Err = FlowWriter.Instead(Console.Error, Console.SetError);

    static CommandRun() => HarnessProcess.Forget(Environment.SetEnvironmentVariable);

    public static async Task<CommandRun> OfAsync(params string[] arguments)
    {
        StringWriter output = new();
        StringWriter error = new();
        Out.Take(output);
        Err.Take(error);
        int exitCode = await HarnessProgram.RunAsync(arguments);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Writes where the flow of the call wants it, else where it went before.</summary>
    private sealed class FlowWriter(TextWriter before) : TextWriter
    {
        private readonly AsyncLocal<TextWriter?> _taken = new();

        public override Encoding Encoding => before.Encoding;

        public static FlowWriter Instead(TextWriter before, Action<TextWriter> set)
        {
            FlowWriter writer = new(before);
            set(writer);
            return writer;
        }

        public void Take(TextWriter writer) => _taken.Value = writer;

        public override void Write(char value) => (_taken.Value ?? before).Write(value);

        public override void Write(string? value) => (_taken.Value ?? before).Write(value);

        public override void Write(char[] buffer, int index, int count) => (_taken.Value ?? before).Write(buffer, index, count);
    }
}
