using System.Globalization;
using DeviceHarness.Abstractions.Configuration;

namespace DeviceHarness.Cli.Commands;

/// <summary>Whose the data folder is. What root makes in the folder of another account (a lock, the database and what SQLite puts beside
/// it, keys, the journal) that account cannot open: its service would not start again. So root is refused before anything is made;
/// giving each file away afterwards would leave those that libraries make, and those of a program that died between.</summary>
internal static class FolderOwner
{
    private const string Accounts = "/etc/passwd";
    private const uint Root = 0;

    /// <summary>The data folder of a command that may make files there.</summary>
    /// <param name="option">What the command line said.</param>
    /// <returns>An absolute path; the folder may not exist yet.</returns>
    /// <exception cref="CommandException">This is root and the folder is another account's: the message says what to do.</exception>
    public static string Own(string? option)
    {
        string folder = DataFolder.Resolve(option);
        string? refusal = Environment.IsPrivilegedProcess && DataFolder.OwnerOf(folder) is { } owner
            ? Refusal(folder, owner, File.Exists(Accounts) ? File.ReadLines(Accounts) : [])
            : null;
        return refusal is null ? folder : throw new CommandException(ExitCode.Usage, refusal);
    }

    /// <summary>Why root does not work in a folder; null when it may.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="owner">The number of the account that it belongs to.</param>
    /// <param name="accounts">The lines of <c>/etc/passwd</c>: name, password, number and more, with colons between.</param>
    internal static string? Refusal(string folder, uint owner, IEnumerable<string> accounts)
    {
        if (owner == Root)
        {
            return null;
        }

        string number = owner.ToString(CultureInfo.InvariantCulture);
        string? name = accounts.Select(line => line.Split(':')).FirstOrDefault(line => line.Length > 2 && line[2] == number)?[0];
        string whose = name is null ? $"the account with the number {number}" : $"the account {name}";
        return $"{folder} belongs to {whose}, and what root makes there it cannot open: its agent would not start again; run this as that "
            + $"account: sudo -u {name ?? $"'#{number}'"} harness … --data {folder}; or give another folder with --data";
    }
}
