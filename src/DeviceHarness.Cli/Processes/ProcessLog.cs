using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace DeviceHarness.Cli.Processes;

/// <summary>The log of a service process: single lines on standard error, so that standard output stays data.</summary>
internal static class ProcessLog
{
    /// <summary>The environment's variable that names the lowest level, such as <c>Debug</c>: below Information also what the platform logs
    /// of its connections.</summary>
    public const string LevelVariable = "HARNESS_LOG_LEVEL";

    /// <summary>Makes the factory; the caller disposes of it.</summary>
    /// <exception cref="CommandException">The variable names no level.</exception>
    public static ILoggerFactory CreateFactory() => CreateFactory(Level(Environment.GetEnvironmentVariable(LevelVariable)));

    private static LogLevel Level(string? text) => text switch
    {
        null or "" => LogLevel.Information,
        _ when char.IsAsciiLetter(text[0]) && Enum.TryParse(text, out LogLevel level) => level,
        _ => throw new CommandException(
            ExitCode.Usage, $"{LevelVariable}: found '{text}'; allowed: {string.Join(", ", Enum.GetNames<LogLevel>())}"),
    };

    // Without a container of services: making one takes a tenth of an agent's start.
    private static LoggerFactory CreateFactory(LogLevel level)
    {
        LoggerFilterOptions filter = new() { MinLevel = level };
        filter.AddFilter("Microsoft", level < LogLevel.Information ? level : LogLevel.Warning);
        ConsoleLoggerOptions options = new() { FormatterName = LogLine.FormatterName, LogToStandardErrorThreshold = LogLevel.Trace };
        return new LoggerFactory([new ConsoleLoggerProvider(new FixedOptions(options), [new LogLine(TimeProvider.System)])], filter);
    }

    private sealed class FixedOptions(ConsoleLoggerOptions options) : IOptionsMonitor<ConsoleLoggerOptions>
    {
        public ConsoleLoggerOptions CurrentValue => options;

        public ConsoleLoggerOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<ConsoleLoggerOptions, string?> listener) => null;
    }
}
