using System.CommandLine;
using DeviceHarness.Codecs.Explain;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Cli.Commands;

/// <summary>The options of <c>harness decode</c> that name keys. No text of theirs repeats a key, not even a wrong one.</summary>
internal sealed class DecodeKeys
{
    private const string KeyWord = "key";
    private const string AuthenticationWord = "auth-key";
    private const string TitleWord = "title";

    private readonly Option<string[]> _key = Many("--key", "hex", "Encryption key, global or dedicated, 16 or 32 octets; each is tried");

    private readonly Option<string[]> _authentication = Many(
        "--auth-key", "hex", "Authentication key; each is tried. Without one an APDU is deciphered and its tag not checked");

    private readonly Option<string[]> _title = Many(
        "--title", "hex", "System title of a sender, 8 octets, where the octets do not hold it; each is tried");

    private readonly Option<string?> _file = new("--key-file")
    {
        Description = "File with lines 'key <hex>', 'auth-key <hex>' or 'title <hex>': keeps keys out of the shell's history",
        HelpName = "file",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_key);
        command.Options.Add(_authentication);
        command.Options.Add(_title);
        command.Options.Add(_file);
    }

    /// <summary>Reads the options; null when there is no key.</summary>
    /// <exception cref="CommandException">A key, title or line is not what it should be.</exception>
    public async Task<DecipheringKeys?> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        List<string> keys = [.. parsed.GetValue(_key) ?? []];
        List<string> authentication = [.. parsed.GetValue(_authentication) ?? []];
        List<string> titles = [.. parsed.GetValue(_title) ?? []];
        if (parsed.GetValue(_file) is string path)
        {
            await ReadFileAsync(path, keys, authentication, titles, cancellationToken).ConfigureAwait(false);
        }

        if (new[] { keys, authentication, titles }.Any(list => list.Count > DecipheringKeys.MaximumCandidates))
        {
            throw new CommandException(ExitCode.Usage, $"at most {DecipheringKeys.MaximumCandidates} keys or titles of each kind");
        }

        DecipheringKeys read = new(
            [.. keys.Select((text, index) => Key(text, KeyWord, index))],
            [.. authentication.Select((text, index) => Key(text, AuthenticationWord, index))],
            [.. titles.Select(Title)]);
        return read.Encryption.Count == 0 ? null : read;
    }

    private static Option<string[]> Many(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => [],
    };

    private static async Task ReadFileAsync(
        string path, List<string> keys, List<string> authentication, List<string> titles, CancellationToken cancellationToken)
    {
        string[] lines;
        try
        {
            lines = await File.ReadAllLinesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Usage, $"--key-file: {path} cannot be read: {exception.Message}");
        }

        for (int index = 0; index < lines.Length; index++)
        {
            string[] words = lines[index].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
            {
                continue;
            }

            List<string>? list = words[0] switch
            {
                KeyWord => keys,
                AuthenticationWord => authentication,
                TitleWord => titles,
                _ => null,
            };
            if (list is null || words.Length != 2)
            {
                throw new CommandException(
                    ExitCode.Usage, $"{path}:{index + 1}: allowed: 'key <hex>', 'auth-key <hex>', 'title <hex>', '# comment'");
            }

            list.Add(words[1]);
        }
    }

    private static CipherKey Key(string text, string word, int index)
    {
        try
        {
            if (CipherKey.TryCreate(Convert.FromHexString(text), out CipherKey? key))
            {
                return key;
            }
        }
        catch (FormatException)
        {
            // Told below, without the digits.
        }

        throw new CommandException(
            ExitCode.Usage, $"{word} {index + 1}: {text.Length} characters; allowed: 32 or 64 hexadecimal digits (16 or 32 octets)");
    }

    private static SystemTitle Title(string text) => SystemTitle.TryParse(text, out SystemTitle title)
        ? title
        : throw new CommandException(ExitCode.Usage, $"title '{text}': allowed: 16 hexadecimal digits (8 octets)");
}
