# A PowerShell at a real terminal, by util-linux's script; what it shows comes back as it was sent, with its escapes.
function Test-Terminal {
    $IsLinux -and (Get-Command script, bash -CommandType Application -ErrorAction Ignore | Measure-Object).Count -ge 2
}

#   Script    Runs with the module imported.
#   Answer    Typed when this text is shown: @{ Await = ...; Keys = ... }, keys as printf writes them.
function Invoke-AtTerminal {
    param ([Parameter(Mandatory)] [string] $Script, [hashtable] $Answer, [hashtable] $Environment = @{})

    $folder = [System.IO.Directory]::CreateTempSubdirectory('pattern-analysis-terminal-').FullName
    try {
        $file = Join-Path $folder script.ps1
        Set-Content $file @(
            "`$env:PSModulePath = '$($env:PSModulePath.Replace("'", "''"))'"
            "Import-Module '$($ManifestPath.Replace("'", "''"))'"
            $Script
            '"<the end>"')
        $words = @(Get-PowerShellCommand) + '-NoProfile', '-NoLogo', '-File', $file
        $program = ($words | ForEach-Object { "'$($_.Replace("'", "'\''"))'" }) -join ' '
        $log = Join-Path $folder log
        $names = ($Environment.Keys | ForEach-Object { "export $_='$($Environment[$_])'" }) -join '; '
        # Keys are typed when the question is there, and the keyboard stays until the end: at its own end, script would send Ctrl+D itself.
        $until = { param ($Text) "until grep -qF '$Text' '$log' || ((SECONDS > 120)); do sleep 0.1; done" }
        $typing = $Answer ? "$(& $until $Answer.Await); printf '$($Answer.Keys)'" : ':'
        Set-Content (Join-Path $folder run.sh) @(
            'unset NO_COLOR'
            'export TERM=xterm'
            $names
            "touch '$log'"
            "{ $typing; $(& $until '<the end>'); } |"
            "    timeout 120 script -qfec `"stty cols 80; $program`" '$log' > /dev/null"
        )
        bash (Join-Path $folder run.sh)
        [System.IO.File]::ReadAllText($log)
    } finally {
        Remove-Item -LiteralPath $folder -Recurse -Force
    }
}
