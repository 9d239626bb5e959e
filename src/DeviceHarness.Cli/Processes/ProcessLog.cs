using Microsoft.Extensions.Logging;

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

    private static ILoggerFactory CreateFactory(LogLevel level) => LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(level);
        logging.AddFilter("Microsoft", level < LogLevel.Information ? level : LogLevel.Warning);
        logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    });
}
